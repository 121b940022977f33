"""What every figure needs: processes, load, clients, peers, the report."""
