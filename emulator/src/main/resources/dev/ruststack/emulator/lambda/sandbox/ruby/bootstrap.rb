# Runs a Ruby function of AWS Lambda: the client of the Runtime API, the context object and the error documents.
#
# AWS: Lambda Developer Guide, "Define Lambda function handler in Ruby", "Using the Lambda context object to retrieve
# Ruby function information", "Using the Lambda runtime API". net/http alone would take longer to load than all of this.

require "json"
require "socket"

module RustStack
  # The Runtime API, over one connection that is kept.
  class RuntimeApi
    def initialize(address)
      @authority, prefix = address.split("/", 2)
      host, port = @authority.split(":")
      @root = (prefix ? "/#{prefix}" : "") + "/2018-06-01/runtime"
      @socket = TCPSocket.new(host, Integer(port))
      @socket.setsockopt(Socket::IPPROTO_TCP, Socket::TCP_NODELAY, 1)
    end

    # Waits for an event; gives its headers, with lower-case names, and its body.
    def next_invocation
      exchange("GET", "/invocation/next")
    end

    def post_result(request_id, body, content_type)
      exchange("POST", "/invocation/#{request_id}/response", { "Content-Type" => content_type }, body)
    end

    def post_error(request_id, document)
      post_document("/invocation/#{request_id}/error", document)
    end

    def post_init_error(document)
      post_document("/init/error", document)
    end

    private

    def post_document(path, document)
      headers = {
        "Content-Type" => "application/vnd.aws.lambda.error+json",
        "Lambda-Runtime-Function-Error-Type" => document[:errorType].gsub(/[^ -~]/, "?")
      }
      exchange("POST", path, headers, JSON.generate(document))
    end

    def exchange(method, path, headers = {}, body = "")
      lines = ["#{method} #{@root}#{path} HTTP/1.1", "Host: #{@authority}"]
      headers.each { |name, value| lines << "#{name}: #{value}" }
      lines << "Content-Length: #{body.bytesize}" if method == "POST"
      @socket.write(lines.join("\r\n").b + "\r\n\r\n".b + body.b)
      response
    end

    def response
      exit!(0) if @socket.gets.nil? # The emulator has gone.
      headers = {}
      while (line = @socket.gets("\r\n", chomp: true)) && !line.empty?
        name, value = line.split(":", 2)
        headers[name.downcase] = value.strip
      end
      [headers, @socket.read(headers.fetch("content-length", "0").to_i)]
    end
  end

  # What a handler gets as its context.
  class LambdaContext
    attr_reader :aws_request_id, :invoked_function_arn, :log_group_name, :log_stream_name, :function_name,
                :memory_limit_in_mb, :function_version, :identity, :client_context, :deadline_ms

    def initialize(headers)
      @aws_request_id = headers["lambda-runtime-aws-request-id"]
      @invoked_function_arn = headers["lambda-runtime-invoked-function-arn"]
      @deadline_ms = headers["lambda-runtime-deadline-ms"].to_i
      @log_group_name = ENV["AWS_LAMBDA_LOG_GROUP_NAME"]
      @log_stream_name = ENV["AWS_LAMBDA_LOG_STREAM_NAME"]
      @function_name = ENV["AWS_LAMBDA_FUNCTION_NAME"]
      @memory_limit_in_mb = ENV["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
      @function_version = ENV["AWS_LAMBDA_FUNCTION_VERSION"]
      @identity = parsed(headers["lambda-runtime-cognito-identity"])
      @client_context = parsed(headers["lambda-runtime-client-context"])
    end

    def get_remaining_time_in_millis
      [@deadline_ms - Process.clock_gettime(Process::CLOCK_REALTIME, :millisecond), 0].max
    end

    private

    def parsed(header)
      JSON.parse(header.dup.force_encoding(Encoding::UTF_8)) if header
    end
  end

  # A handler: file.method, or file.Class.method.
  class Handler
    def initialize(name)
      parts = name.split(".")
      unless [2, 3].include?(parts.size)
        raise ArgumentError, "Invalid handler #{parts}, must be of form FILENAME.METHOD or FILENAME.CLASS.METHOD " \
                             "where FILENAME corresponds with an existing Ruby source file FILENAME.rb, CLASS is an " \
                             "optional module/class namespace and METHOD is a callable method. If using CLASS, METHOD " \
                             "must be a class-level method."
      end
      file, *@owner, @method = parts
      require file
    end

    def call(event, context)
      owner = @owner.empty? ? TOPLEVEL : Kernel.const_get(@owner.first)
      owner.send(@method, event: event, context: context)
    end
  end

  # The JSON document of an error; frames of this file are left out of its stack trace.
  def self.error_document(error, kind)
    trace = (error.backtrace || []).reject { |line| line.start_with?(__FILE__) }.first(100)
    { errorMessage: error.message, errorType: "#{kind}<#{error.class}>", stackTrace: trace }
  end

  def self.log_error(message, document)
    puts message, JSON.pretty_generate(document)
  end

  def self.encode(result)
    if result.is_a?(IO) || (defined?(StringIO) && result.is_a?(StringIO))
      [result.read, "application/unknown"]
    else
      [JSON.dump(result), "application/json"]
    end
  end

  def self.load_handler(api)
    Handler.new(ENV.fetch("_HANDLER"))
  rescue Exception => error # What a source file raises, a SyntaxError too.
    document = error_document(error, "Init")
    log_error("Init error when loading handler #{ENV.fetch("_HANDLER")}", document)
    api.post_init_error(document)
    exit!(252)
  end

  def self.serve(api, handler)
    headers, body = api.next_invocation
    request_id = headers["lambda-runtime-aws-request-id"]
    ENV["_X_AMZN_TRACE_ID"] = headers["lambda-runtime-trace-id"]
    begin
      event = JSON.parse(body.force_encoding(Encoding::UTF_8))
      content, type = encode(handler.call(event, LambdaContext.new(headers)))
    rescue Exception => error # An exit of the handler too is an answer.
      fail_with(api, request_id, error)
    else
      api.post_result(request_id, content, type)
    end
  end

  # After an error of the program itself the process is not used again.
  def self.fail_with(api, request_id, error)
    usual = error.is_a?(StandardError) && !error.is_a?(NameError)
    document = error_document(error, "Function")
    log_error(usual ? "Error raised from handler method" : "Critical exception from handler", document)
    api.post_error(request_id, document)
    exit!(255) unless usual
  end
end

TOPLEVEL = self

$stdout.sync = true
$stderr.sync = true
$LOAD_PATH.unshift(ENV.fetch("LAMBDA_TASK_ROOT"))
api = RustStack::RuntimeApi.new(ENV.fetch("AWS_LAMBDA_RUNTIME_API"))
handler = RustStack.load_handler(api)
loop { RustStack.serve(api, handler) }
