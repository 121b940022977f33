# What a run needs of a machine: Debian packages, and Kubernetes' programs, CoreDNS and Helm, built once from their Go
# modules into $BIN. Sourced after settings.sh.
# shellcheck shell=bash

# A command and the Debian package that has it: of the node, then of the stand-in images.
PACKAGES='
etcd            etcd-server
containerd      containerd
runc            runc
/usr/lib/cni/bridge containernetworking-plugins
ip              iproute2
iptables        iptables
nft             nftables
conntrack       conntrack
openssl         openssl
unshare         util-linux
pgrep           procps
go              golang-go
debootstrap     debootstrap
python3         python3
pip3            python3-pip
npm             npm
cmake           cmake
g++             g++
make            make
xz              xz-utils
'

missing_packages() {
  local command package
  while read -r command package; do
    [ -z "$command" ] || [ -x "$command" ] || has "$command" || echo "$package"
  done <<< "$PACKAGES"
}

install_packages() {
  local packages
  mapfile -t packages < <(missing_packages)
  if [ ${#packages[@]} -eq 0 ]; then
    say 'every package is here'
    return
  fi
  has apt-get || fail "apt-get is not here: install by hand what Debian has in ${packages[*]}"
  [ "$(id -u)" -eq 0 ] || fail "these packages are missing: ${packages[*]}" 'As root, e2e/cluster install installs them.'
  say "installing ${packages[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" > /dev/null
}

# What $BIN was built from. A folder without a stamp is believed when the programs themselves name these versions.
tools_wanted() {
  printf 'kubernetes %s\ncoredns %s\n' "$KUBERNETES_VERSION" "$COREDNS_VERSION"
}

tools_present() { # NAME VERSION PROGRAM…
  local name=$1 version=$2 program
  shift 2
  for program; do
    [ -x "$BIN/$program" ] || return 1
  done
  grep -qx "$name $version" "$BIN/versions" 2>/dev/null && return
  case $name in
    kubernetes) "$BIN/kube-apiserver" --version | grep -qF "v$version" ;;
    coredns) "$BIN/coredns" -version | grep -qF "CoreDNS-$version" ;;
  esac
}

build_kubernetes() ( # a subshell: it changes folder
  local folder source staging
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  cd "$folder"
  staging=v0.${KUBERNETES_VERSION#1.}
  source=$(go mod download -json "k8s.io/kubernetes@v$KUBERNETES_VERSION" | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')
  {
    printf 'module ruststack.dev/e2e/kubernetes\n\ngo 1.24.0\n\nrequire k8s.io/kubernetes v%s\n\ntool (\n' "$KUBERNETES_VERSION"
    printf '\tk8s.io/kubernetes/cmd/%s\n' "${KUBERNETES_PROGRAMS[@]}"
    printf ')\n'
    # Kubernetes replaces its staging modules by folders of its own tree: outside of it each is a published module.
    sed -n "s#^\t\(k8s.io/[^ ]*\) => ./staging.*#replace \1 => \1 $staging#p" "$source/go.mod"
  } > go.mod
  go mod tidy
  local package=k8s.io/component-base/version
  CGO_ENABLED=0 go build -trimpath -o "$BIN/" \
    -ldflags "-s -w -X $package.gitVersion=v$KUBERNETES_VERSION -X $package.gitMajor=1 -X $package.gitMinor=$(cut -d. -f2 <<< "$KUBERNETES_VERSION")" \
    "${KUBERNETES_PROGRAMS[@]/#/k8s.io/kubernetes/cmd/}"
)

build_go_tool() ( # MODULE VERSION PACKAGE FILE LINKER_FLAGS
  local folder
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  cd "$folder"
  printf 'module ruststack.dev/e2e/tool\n\ngo 1.25.0\n' > go.mod
  GOFLAGS=-mod=mod go get -tool "$3@v$2"
  CGO_ENABLED=0 go build -trimpath -ldflags "-s -w $5" -o "$BIN/$4" "$3"
)

build_tools() {
  local began=$SECONDS
  mkdir -p "$BIN"
  if ! tools_present kubernetes "$KUBERNETES_VERSION" "${KUBERNETES_PROGRAMS[@]}"; then
    need go golang-go
    say "building Kubernetes $KUBERNETES_VERSION (about five minutes)"
    build_kubernetes
  fi
  if ! tools_present coredns "$COREDNS_VERSION" coredns; then
    need go golang-go
    say "building CoreDNS $COREDNS_VERSION (about four minutes)"
    build_go_tool github.com/coredns/coredns "$COREDNS_VERSION" github.com/coredns/coredns coredns ''
  fi
  "$PROJECT/helm/tools" helm > /dev/null
  tools_wanted > "$BIN/versions"
  say "the cluster's programs are in $BIN ($((SECONDS - began)) s)"
}

# The home of a JDK that has jlink and is new enough.
jdk_home() {
  local home version
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/java/*; do
    [ -n "$home" ] && [ -x "$home/bin/jlink" ] && [ -r "$home/release" ] || continue
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")
    if [ "${version:-0}" -ge 25 ]; then
      printf '%s' "$home"
      return
    fi
  done
  fail 'no JDK 25 or newer is here: set JAVA_HOME'
}
