{{- define "ruststack.name" -}}
{{- $name := default .Release.Name .Values.fullnameOverride -}}
{{- if not (regexMatch "^[a-z]([-a-z0-9]{0,48}[a-z0-9])?$" $name) -}}
{{- fail (printf "a stack cannot be named %q: small letters, digits and hyphens, beginning with a letter, 50 at most; set fullnameOverride" $name) -}}
{{- end -}}
{{- $name -}}
{{- end }}

{{- define "ruststack.labels" -}}
app.kubernetes.io/name: ruststack
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{/* A list: a map, and the field that holds its keys. The list of its values, by key. */}}
{{- define "ruststack.list" -}}
{{- $field := index . 1 -}}
{{- $list := list -}}
{{- range $key, $value := index . 0 -}}
{{- $list = append $list (merge (dict $field $key) (deepCopy (default dict $value))) -}}
{{- end -}}
{{- toJson $list -}}
{{- end }}

{{/* Content given as a file: what is too long, or not text, for the resource itself. */}}
{{- define "ruststack.files" -}}
{{- $data := dict -}}
{{- $binary := dict -}}
{{- range $name, $table := .Values.tables -}}
{{- with $table -}}{{- with .itemsFile -}}{{- $_ := set $data (printf "items.%s" $name) . -}}{{- end -}}{{- end -}}
{{- end -}}
{{- range $name, $function := .Values.functions -}}
{{- with $function -}}{{- with .codeZip -}}{{- $_ := set $binary (printf "code.%s" $name) (regexReplaceAll "\\s" . "") -}}{{- end -}}{{- end -}}
{{- end -}}
{{- toJson (dict "data" $data "binaryData" $binary) -}}
{{- end }}

{{/* The name changes with the content: the stack then changes too, is seeded again, and a rollback finds its own. */}}
{{- define "ruststack.filesName" -}}
{{- printf "%s-files-%s" (include "ruststack.name" .) (include "ruststack.files" . | sha256sum | trunc 10) -}}
{{- end }}

{{- define "ruststack.spec" -}}
{{- $own := list "fullnameOverride" "labels" "annotations" "pieces" "waitForReady" "test" "global" -}}
{{- $spec := dict -}}
{{- range $name, $value := .Values -}}
{{- if and (not (has $name $own)) (not (kindIs "invalid" $value)) -}}
{{- $_ := set $spec $name (deepCopy (dict "it" $value)).it -}}
{{- end -}}
{{- end -}}
{{- $files := include "ruststack.filesName" . -}}
{{- range $name, $table := $spec.tables -}}
{{- if $table -}}{{- if $table.itemsFile -}}
{{- $from := append (default list $table.itemsFrom) (dict "configMapKeyRef" (dict "name" $files "key" (printf "items.%s" $name))) -}}
{{- $_ := set $table "itemsFrom" $from -}}
{{- end -}}{{- $_ := unset $table "itemsFile" -}}{{- end -}}
{{- end -}}
{{- range $name, $function := $spec.functions -}}
{{- if $function -}}{{- if $function.codeZip -}}
{{- if $function.code -}}{{- fail (printf "functions.%s has both code and codeZip" $name) -}}{{- end -}}
{{- $_ := set $function "code" (dict "parts" (list (dict "configMapKeyRef" (dict "name" $files "key" (printf "code.%s" $name))))) -}}
{{- end -}}{{- $_ := unset $function "codeZip" -}}{{- end -}}
{{- end -}}
{{- range $name, $bucket := $spec.buckets -}}
{{- if $bucket -}}{{- if $bucket.objects -}}
{{- $_ := set $bucket "objects" (include "ruststack.list" (list $bucket.objects "key") | fromJsonArray) -}}
{{- end -}}{{- end -}}
{{- end -}}
{{- range $name := list "buckets" "tables" "layers" "functions" "restApis" "httpApis" -}}
{{- $list := include "ruststack.list" (list (default dict (get $spec $name)) "name") | fromJsonArray -}}
{{- if $list -}}{{- $_ := set $spec $name $list -}}{{- else -}}{{- $_ := unset $spec $name -}}{{- end -}}
{{- end -}}
{{- range $name := list "images" "warmPool" -}}
{{- with $spec.lambda -}}{{- if get . $name -}}
{{- $_ := set . $name (include "ruststack.list" (list (get . $name) "runtime") | fromJsonArray) -}}
{{- end -}}{{- end -}}
{{- end -}}
{{- with $spec.emulator -}}{{- if .env -}}
{{- $_ := set . "env" (include "ruststack.list" (list .env "name") | fromJsonArray) -}}
{{- end -}}{{- end -}}
{{- toYaml $spec -}}
{{- end }}

{{/* Of the pods of this chart; those of the stack are the operator's. */}}
{{- define "ruststack.podSecurityContext" -}}
runAsNonRoot: true
{{- with .runAsUser }}
runAsUser: {{ int64 . }}
{{- end }}
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "ruststack.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}
