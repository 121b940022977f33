# Images without an engine: folders as docker-archive files, which containerd imports. Sourced after settings.sh.
# shellcheck shell=bash

# One layer, made of a folder. CONFIG is the image's "config" object (Cmd, Entrypoint, Env, User, WorkingDir …).
archive() { # NAME ROOT_FOLDER CONFIG OUT
  local name=$1 root=$2 config=$3 out=$4 folder layer
  folder=$(mktemp -d)
  tar -C "$root" --numeric-owner --sort=name --mtime=@0 -cf "$folder/layer.tar" .
  layer=$(sha256sum "$folder/layer.tar" | cut -d' ' -f1)
  printf '{"architecture":"%s","os":"linux","config":%s,"rootfs":{"type":"layers","diff_ids":["sha256:%s"]},"history":[{}]}' \
    "$(architecture)" "$config" "$layer" > "$folder/config.json"
  printf '[{"Config":"config.json","RepoTags":["%s"],"Layers":["layer.tar"]}]' "$name" > "$folder/manifest.json"
  tar -C "$folder" -cf "$out.part" manifest.json config.json layer.tar
  rm -rf "$folder"
  mv "$out.part" "$out"
}

architecture() {
  case $(uname -m) in
    x86_64) echo amd64 ;;
    aarch64) echo arm64 ;;
    *) fail "no image architecture is known for $(uname -m)" ;;
  esac
}

# The sandbox image of every pod: a program that waits for its end and reaps what others leave behind.
pause_image() { # OUT
  local folder
  folder=$(mktemp -d)
  mkdir "$folder/root"
  CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o "$folder/root/pause" "$E2E/node/pause.go"
  archive localhost/pause:e2e "$folder/root" '{"Entrypoint":["/pause"]}' "$1"
  rm -rf "$folder"
}
