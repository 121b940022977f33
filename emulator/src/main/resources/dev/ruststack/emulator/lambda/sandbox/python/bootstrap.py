import ruststack_runtime

ruststack_runtime.main()
