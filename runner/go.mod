module ruststack.dev/runner

go 1.24
