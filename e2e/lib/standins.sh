# Stand-ins for public images, made of Debian, PyPI, npm and Maven packages: what is in them and how they differ is in
# e2e/standins/README.md. Sourced after settings.sh and archive.sh.
# shellcheck shell=bash disable=SC2034

# The older glibc is the nearer to Amazon Linux 2023; the newer suite has the AWS CLI that knows AWS_ENDPOINT_URL.
RUNTIME_SUITE=bookworm PYTHON_VERSION=3.11
CLIENT_SUITE=trixie
NODE_VERSION=20.20.2
AWSLAMBDARIC_VERSION=4.2.2 BOTO3_VERSION=1.44.5
NODE_RIC_VERSION=4.0.2 NODE_API_HEADERS_VERSION=1.9.0 NODE_ADDON_API_VERSION=8.3.1 AWS_SDK_JS_VERSION=3.1162.0

STANDINS_FOLDER=$E2E/standins
LAYERS=$CACHE/images/layers

# Sets LAYER to a tar of what layer_NAME put into a folder. It is made again only when that recipe, the versions it
# names, files of e2e/standins/NAME or the layers below it have changed.
cached_layer() { # NAME [LOWER_LAYER…]
  local name=$1 recipe key folder began=$SECONDS lock status
  recipe=$(declare -f "layer_$name" "add_$name" trim on_top install_into compile_python) || true # not all have a second part
  key=$({
    eval "printf '%s' \"$(grep -o '\$[A-Z_0-9]*_\(VERSION\|SUITE\)' <<< "$recipe" | sort -u | tr '\n' ' ')\""
    printf '%s\n' "$recipe" "${@##*/}"
    [ ! -d "$STANDINS_FOLDER/$name" ] || find "$STANDINS_FOLDER/$name" -type f -print0 | LC_ALL=C sort -z | xargs -0 cat
  } | sha256sum | cut -c1-16)
  LAYER=$LAYERS/$name-$(architecture)-$key.tar
  [ ! -s "$LAYER.sha256" ] || return 0
  mkdir -p "$LAYERS"
  exec {lock}> "$LAYERS/.lock"
  flock "$lock"
  if [ ! -s "$LAYER.sha256" ]; then
    folder=$(mktemp -d -p "$LAYERS")
    chmod 755 "$folder"
    set +e # not with ||, which would also let the recipe go on after an error
    (set -e; "layer_$name" "$folder" "${@:2}") > "$LAYERS/$name.log" 2>&1
    status=$?
    set -e
    [ "$status" -eq 0 ] || {
      rm -rf "$folder"*
      fail "the layer $name was not made; all of its log is $LAYERS/$name.log:" "$(tail -n 30 "$LAYERS/$name.log")"
    }
    rm -f "$LAYERS/$name-$(architecture)"-*
    if [ -f "$folder.paths" ]; then
      layer "$folder" "$LAYER" "$folder.paths"
    else
      layer "$folder" "$LAYER"
    fi
    rm -rf "$folder" "$folder.paths"
    say "layer $name: $(du -h "$LAYER" | cut -f1), $((SECONDS - began)) s"
  fi
  exec {lock}>&-
}

# Unpacks lower layers, runs a function there, and keeps only what it changed.
on_top() { # FOLDER FUNCTION LAYER…
  local folder=$1 function=$2 layer
  shift 2
  for layer; do
    tar -C "$folder" --numeric-owner -xf "$layer"
  done
  sleep 1.1 # the clock of files is coarse
  touch "$folder.stamp"
  "$function" "$folder"
  (cd "$folder" && find . -mindepth 1 -cnewer "$folder.stamp" -print0 | LC_ALL=C sort -z) > "$folder.paths"
  rm "$folder.stamp"
}

install_into() { # FOLDER PACKAGE…
  local folder=$1
  shift
  cp /etc/resolv.conf "$folder/etc/"
  mknod -m 666 "$folder/dev/null" c 1 3
  as_root_in "$folder" apt-get -q update
  as_root_in "$folder" apt-get -qy -o Dpkg::Options::=--force-unsafe-io install --no-install-recommends "$@"
}

as_root_in() { # FOLDER COMMAND…
  DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 chroot "$@"
}

# What no program of an image reads, and what is of this machine.
trim() { # FOLDER
  rm -rf "$1"/usr/share/{doc,man,locale,info,i18n,lintian} "$1"/var/{cache,log,lib/apt/lists}/* "$1"/{dev,tmp,run}/* \
    "$1"/etc/{resolv.conf,hostname,machine-id} "$1"/root/.[a-z]*
  find "$1" -name __pycache__ -prune -exec rm -rf {} +
}

# What distroless images have below a program: the C library, its companions, zones.
layer_base() { # FOLDER
  local package
  chmod 755 "$1"
  mkdir "$1.packages"
  cd "$1.packages"
  apt-get -q download base-files libc6 libgcc-s1 libstdc++6 netbase tzdata zlib1g
  for package in *.deb; do
    dpkg-deb --extract "$package" "$1"
  done
  rm -rf "$1.packages" "$1"/usr/share/{doc,man,locale}
}

layer_debian() { # FOLDER
  debootstrap --variant=minbase --include=ca-certificates,curl,locales "$RUNTIME_SUITE" "$1"
  as_root_in "$1" localedef -i en_US -f UTF-8 en_US.UTF-8
  trim "$1"
}

# What all of AWS's base images have in common.
layer_lambda() { # FOLDER
  mkdir -p "$1"/var/{task,runtime,lang/bin} "$1/opt"
  install -m 755 "$STANDINS_FOLDER/lambda/lambda-entrypoint.sh" "$1/"
}

layer_python() { # FOLDER LAYER…
  on_top "$1" add_python "${@:2}"
}

add_python() { # FOLDER
  install_into "$1" "python$PYTHON_VERSION"
  trim "$1"
  ln -s "/usr/bin/python$PYTHON_VERSION" "$1/var/lang/bin/python$PYTHON_VERSION"
  ln -s "python$PYTHON_VERSION" "$1/var/lang/bin/python3"
  ln -s "python$PYTHON_VERSION" "$1/var/lang/bin/python"
  [ -e "$1/usr/bin/python3" ] || ln -s "python$PYTHON_VERSION" "$1/usr/bin/python3"
  compile_python "$1" "/usr/lib/python$PYTHON_VERSION"
}

# AWS's runtime interface client and boto3, as in AWS's image.
layer_python_runtime() { # FOLDER LAYER…
  on_top "$1" add_python_runtime "${@:2}"
}

add_python_runtime() { # FOLDER
  python3 -m pip install --quiet --disable-pip-version-check --no-compile --target "$1/var/runtime" --only-binary=:all: \
    --implementation cp --python-version "$PYTHON_VERSION" --platform "manylinux2014_$(uname -m)" \
    "awslambdaric==$AWSLAMBDARIC_VERSION" "boto3==$BOTO3_VERSION"
  rm -rf "$1/var/runtime/bin"
  install -m 755 "$STANDINS_FOLDER/python_runtime/bootstrap" "$1/var/runtime/"
  compile_python "$1" /var/runtime
}

# Layers have no times, and containers cannot write beside their programs: byte code that depends on neither.
compile_python() { # FOLDER PATH
  as_root_in "$1" python3 -m compileall -q -f --invalidation-mode unchecked-hash "$2" || true # tests of packages do not compile
}

# Node.js as npm has it, and those clients of the SDK whose services RustStack has.
layer_node() { # FOLDER
  local platform=linux-x64
  [ "$(architecture)" = amd64 ] || platform=linux-arm64
  mkdir -p "$1/var/lang/bin" "$1/var/runtime" "$1/npm"
  npm install --prefix "$1/npm" --no-audit --no-fund --ignore-scripts "node-$platform@$NODE_VERSION"
  install -m 755 "$1/npm/node_modules/node-$platform/bin/node" "$1/var/lang/bin/"
  rm -rf "$1/npm"
  npm install --prefix "$1/var/runtime" --no-audit --no-fund --ignore-scripts --omit=dev "@aws-sdk/client-s3@$AWS_SDK_JS_VERSION" \
    "@aws-sdk/client-dynamodb@$AWS_SDK_JS_VERSION" "@aws-sdk/client-lambda@$AWS_SDK_JS_VERSION" \
    "@aws-sdk/client-sts@$AWS_SDK_JS_VERSION" "@aws-sdk/lib-dynamodb@$AWS_SDK_JS_VERSION" \
    "@aws-sdk/lib-storage@$AWS_SDK_JS_VERSION" "@aws-sdk/s3-request-presigner@$AWS_SDK_JS_VERSION"
  rm "$1"/var/runtime/package*.json
  # Modules of ES find packages by folders only: the function in /var/task finds these in the root's.
  ln -s var/runtime/node_modules "$1/node_modules"
}

# AWS's runtime interface client. Its own install script builds its native part with node-gyp, which wants the headers
# of the very Node.js it runs on from the internet: Node-API's do, which npm has.
layer_node_runtime() { # FOLDER
  local work=$1.work ric
  mkdir "$work"
  npm install --prefix "$work" --no-audit --no-fund --ignore-scripts "aws-lambda-ric@$NODE_RIC_VERSION" \
    "node-api-headers@$NODE_API_HEADERS_VERSION" "node-addon-api@$NODE_ADDON_API_VERSION"
  ric=$work/node_modules/aws-lambda-ric
  (cd "$ric" && sh scripts/preinstall.sh)
  touch "$work"/{uv,v8,node}.h # included, of which nothing is used
  g++ -std=c++17 -O2 -fPIC -shared -fvisibility=hidden -static-libstdc++ -static-libgcc -DNAPI_VERSION=8 -DNODE_GYP_MODULE_NAME=rapid_client \
    -I "$work" -I "$work/node_modules/node-api-headers/include" -I "$work/node_modules/node-addon-api" -I "$ric/deps/artifacts/include" \
    -o "$ric/rapid-client.node" "$ric/src/native/rapid-client.cc" \
    "$ric"/deps/artifacts/lib/{libaws-lambda-runtime.a,libcurl.a} -pthread
  mkdir -p "$1/var/runtime/node_modules/@aws"
  rm -rf "$ric"/{deps,src,scripts,node-addon-api}
  mv "$ric" "$1/var/runtime/node_modules/"
  cp -r "$work/node_modules/@aws/lambda-invoke-store" "$1/var/runtime/node_modules/@aws/"
  install -m 755 "$STANDINS_FOLDER/node_runtime/bootstrap" "$1/var/runtime/"
  rm -rf "$work"
}

# DynamoDB Local of Maven Central where the public image has it: /home/dynamodblocal, user dynamodblocal (1000).
layer_dynamodb() { # FOLDER LOWER_LAYER
  local jdk home=$1/home/dynamodblocal built=$PROJECT/dynamodb-local/target/dynamodb-local
  jdk=$(jdk_home)
  (cd "$PROJECT" && JAVA_HOME=$jdk ./mvnw -q -B -ntp -Dquick -DskipTests -pl dynamodb-local -am package)
  mkdir -p "$home/DynamoDBLocal_lib" "$1"/{etc,opt,usr/bin}
  cp "$built"/lib/*.jar "$home/DynamoDBLocal_lib/"
  cp "$built"/native/libsqlite4java-linux-* "$home/DynamoDBLocal_lib/" || cp -r "$built"/native/. "$home/DynamoDBLocal_lib/"
  rm -f "$home/DynamoDBLocal_lib/ruststack-dynamodb-local.jar"
  {
    echo 'Main-Class: com.amazonaws.services.dynamodbv2.local.main.ServerRunner'
    printf 'Class-Path:'
    (cd "$home" && printf ' %s \n' DynamoDBLocal_lib/*.jar)
  } > "$1/manifest"
  (cd "$home" && "$jdk/bin/jar" --create --file DynamoDBLocal.jar --manifest "$1/manifest" --date 2026-01-01T00:00:00Z)
  rm "$1/manifest"
  "$jdk/bin/jlink" --add-modules java.se,jdk.unsupported,jdk.management,jdk.zipfs --strip-debug --no-header-files --no-man-pages \
    --output "$1/opt/java"
  ln -s /opt/java/bin/java "$1/usr/bin/java"
  tar -xOf "$2" ./etc/passwd > "$1/etc/passwd"
  echo 'dynamodblocal:x:1000:1000::/home/dynamodblocal:/sbin/nologin' >> "$1/etc/passwd"
  tar -xOf "$2" ./etc/group > "$1/etc/group"
  echo 'dynamodblocal:x:1000:' >> "$1/etc/group"
  chown -R 1000:1000 "$home"
}

layer_client() { # FOLDER
  debootstrap --variant=minbase "$CLIENT_SUITE" "$1"
  rm "$1/dev/null" # the next step makes its own
  install_into "$1" awscli ca-certificates curl python3-boto3
  trim "$1"
  mkdir "$1/aws"
  ln -s /usr/bin/aws "$1/usr/local/bin/aws"
  compile_python "$1" /usr/lib/python3
  compile_python "$1" "/usr/lib/$(readlink "$1/usr/bin/python3")"
}

# --- The images: name, config, layers -------------------------------------------------------------------------------

config() { # ENTRYPOINT CMD WORKING_FOLDER USER TITLE ENV…
  local environment
  environment=$(printf ',"%s"' "${@:6}")
  printf '{"Entrypoint":%s,"Cmd":%s,"WorkingDir":"%s","User":"%s","Env":[%s],"Labels":{"org.opencontainers.image.title":"%s","dev.ruststack.standin":"true"}}' \
    "$1" "$2" "$3" "$4" "${environment#,}" "$5"
}

lambda_config() { # TITLE
  config '["/lambda-entrypoint.sh"]' '[]' /var/task '' "$1" LANG=en_US.UTF-8 TZ=:/etc/localtime \
    PATH=/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin \
    LD_LIBRARY_PATH=/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib \
    LAMBDA_TASK_ROOT=/var/task LAMBDA_RUNTIME_DIR=/var/runtime
}

# Sets IMAGE_LAYERS; each layer is made on those before it.
layers() { # NAME…
  local name
  IMAGE_LAYERS=()
  [ "$(id -u)" -eq 0 ] || fail 'stand-ins are made with debootstrap and chroot, which need root.'
  need debootstrap debootstrap
  for name; do
    cached_layer "$name" ${IMAGE_LAYERS[@]+"${IMAGE_LAYERS[@]}"}
    IMAGE_LAYERS+=("$LAYER")
  done
}

standin_provided() {
  layers debian lambda
  IMAGE_NAME=public.ecr.aws/lambda/provided:al2023
  IMAGE_CONFIG=$(lambda_config "Stand-in for AWS's provided:al2023, of Debian $RUNTIME_SUITE")
}

standin_python() {
  layers debian lambda python python_runtime
  IMAGE_NAME=public.ecr.aws/lambda/python:$PYTHON_VERSION
  IMAGE_CONFIG=$(lambda_config "Stand-in for AWS's python:$PYTHON_VERSION: awslambdaric $AWSLAMBDARIC_VERSION on Debian $RUNTIME_SUITE")
}

standin_nodejs() {
  layers debian lambda node node_runtime
  IMAGE_NAME=public.ecr.aws/lambda/nodejs:${NODE_VERSION%%.*}
  IMAGE_CONFIG=$(lambda_config "Stand-in for AWS's nodejs:${NODE_VERSION%%.*}: Node.js $NODE_VERSION, aws-lambda-ric $NODE_RIC_VERSION on Debian $RUNTIME_SUITE")
}

standin_dynamodb() {
  layers debian dynamodb
  IMAGE_NAME=docker.io/$(sed -n 's/.*DYNAMODB_IMAGE = "\(.*\)";.*/\1/p' "$PROJECT/operator/src/main/java/dev/ruststack/operator/desired/PlatformVariables.java")
  IMAGE_CONFIG=$(config '["java"]' '["-jar","DynamoDBLocal.jar","-inMemory"]' /home/dynamodblocal dynamodblocal \
    "Stand-in for Amazon's dynamodb-local, of Maven Central's $(sed -n 's#.*<dynamodb-local.version>\(.*\)</.*#\1#p' "$PROJECT/pom.xml")" \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)
}

standin_client() {
  layers client
  IMAGE_NAME=$(sed -n '/^test:/,/^[a-z]/s/^  image: //p' "$PROJECT/helm/ruststack/values.yaml")
  IMAGE_CONFIG=$(config '["/usr/local/bin/aws"]' '[]' /aws '' "Stand-in for Amazon's aws-cli, of Debian $CLIENT_SUITE" \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)
}
