-- One request, sent again and again: BENCH_METHOD, BENCH_HEADERS (a file of "Name: value" lines), BENCH_BODY (a file).
-- Prints one line of what was measured, for harness/load.py.

local function read(variable)
  local name = os.getenv(variable)
  if not name then return nil end
  local file = assert(io.open(name, "rb"))
  local content = file:read("*a")
  file:close()
  return content
end

wrk.method = os.getenv("BENCH_METHOD")
wrk.body = read("BENCH_BODY")
for name, value in read("BENCH_HEADERS"):gmatch("([^:\n]+): ([^\n]*)\n") do
  wrk.headers[name] = value
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("MEASURED %d %d %d %d %d %d %d %d %d %d\n",
    summary.requests, summary.duration, summary.bytes,
    errors.connect, errors.read, errors.write, errors.status, errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
