"""S3 in one run beside other servers: cells (requests), servers, footprint, and the table of them."""
