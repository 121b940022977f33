"""The Lambda entry point: API Gateway events in, the Flask application behind them."""

from apig_wsgi import make_lambda_handler

from orders import create_app

# Built once per execution environment; every later invocation reuses the application and its clients.
handler = make_lambda_handler(create_app(), binary_support=True)
