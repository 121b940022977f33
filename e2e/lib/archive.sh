# Images without an engine: layers as tar files, images as docker-archive files, which containerd imports. Sourced after
# settings.sh.
# shellcheck shell=bash

# A folder as a layer: the same content gives the same bytes, so that images share it on the node.
layer() { # FOLDER OUT [PATH_LIST]: of the paths in the list only (null separated, relative)
  local options=(--numeric-owner --sort=name --mtime=@0 --format=gnu --no-recursion)
  if [ $# -gt 2 ]; then
    tar -C "$1" "${options[@]}" --null --files-from="$3" -cf "$2.part"
  else
    (cd "$1" && find . -mindepth 1 -print0 | LC_ALL=C sort -z) | tar -C "$1" "${options[@]}" --null --files-from=- -cf "$2.part"
  fi
  sha256sum "$2.part" | cut -d' ' -f1 > "$2.sha256"
  mv "$2.part" "$2"
}

# CONFIG is the image's "config" object: Cmd, Entrypoint, Env, User, WorkingDir, Labels …
archive() { # NAME CONFIG OUT LAYER…: the lowest layer first
  local name=$1 config=$2 out=$3 folder file digest digests='' files='' history=''
  shift 3
  folder=$(mktemp -d -p "$(dirname "$out")")
  for file; do
    digest=$(cat "$file.sha256")
    ln -s "$(realpath "$file")" "$folder/$digest.tar"
    digests+=",\"sha256:$digest\"" files+=",\"$digest.tar\"" history+=',{"created_by":"e2e/images"}'
  done
  printf '{"architecture":"%s","os":"linux","created":"1970-01-01T00:00:01Z","config":%s,"rootfs":{"type":"layers","diff_ids":[%s]},"history":[%s]}' \
    "$(architecture)" "$config" "${digests#,}" "${history#,}" > "$folder/config.json"
  printf '[{"Config":"config.json","RepoTags":["%s"],"Layers":[%s]}]' "$name" "${files#,}" > "$folder/manifest.json"
  (cd "$folder" && tar --dereference --numeric-owner --owner=0 --group=0 --mtime=@0 -cf "$out.part" manifest.json config.json ./*.tar --transform 's#^\./##')
  rm -rf "$folder"
  mv "$out.part" "$out"
}

# An image of one folder.
folder_image() { # NAME ROOT_FOLDER CONFIG OUT
  layer "$2" "$4.layer"
  archive "$1" "$3" "$4" "$4.layer"
  rm -f "$4.layer" "$4.layer.sha256"
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
  chmod 755 "$folder"
  mkdir "$folder/root"
  CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o "$folder/root/pause" "$E2E/node/pause.go"
  folder_image localhost/pause:e2e "$folder/root" '{"Entrypoint":["/pause"]}' "$1"
  rm -rf "$folder"
}
