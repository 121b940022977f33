# Names and folders that the scripts of e2e/ share. Sourced, never run.
# shellcheck shell=bash disable=SC2034

KUBERNETES_VERSION=1.34.4
COREDNS_VERSION=1.15.0

E2E=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
PROJECT=$(dirname "$E2E")
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/ruststack-e2e
BIN=$CACHE/bin

# One cluster per name: several can run beside each other, each in namespaces of its own.
CLUSTER=${RUSTSTACK_E2E_CLUSTER:-ruststack-e2e}
STATE=/var/tmp/$CLUSTER
KUBECONFIG_FILE=$STATE/credentials/admin.conf
SOCKET=$STATE/containerd.sock
NODE_ADDRESS=10.199.0.1

KUBERNETES_PROGRAMS=(kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy kubectl)

fail() { # LINE…
  printf 'e2e: %s\n' "$@" >&2
  exit 1
}

say() { # TEXT…
  printf 'e2e: %s\n' "$*"
}

need() { # COMMAND PACKAGE
  has "$1" || fail "$1 is not here: install $2, or all that is missing with e2e/cluster install"
}

has() { # COMMAND
  PATH=$PATH:/usr/sbin:/sbin command -v "$1" > /dev/null
}
