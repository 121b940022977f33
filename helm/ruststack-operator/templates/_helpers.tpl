{{- define "ruststack-operator.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end }}

{{/* Short enough for the longest suffix. */}}
{{- define "ruststack-operator.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 47 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 47 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 47 | trimSuffix "-" -}}
{{- end -}}
{{- end }}

{{/* Names of what belongs to the whole cluster say the namespace too: the chart may be in it twice. */}}
{{- define "ruststack-operator.clusterName" -}}
{{- printf "%s-%s" .Release.Namespace (include "ruststack-operator.fullname" .) -}}
{{- end }}

{{- define "ruststack-operator.selectorLabels" -}}
app.kubernetes.io/name: {{ include "ruststack-operator.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: operator
{{- end }}

{{- define "ruststack-operator.commonLabels" -}}
app.kubernetes.io/name: {{ include "ruststack-operator.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: ruststack
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "ruststack-operator.labels" -}}
{{ include "ruststack-operator.commonLabels" . }}
app.kubernetes.io/component: operator
{{- end }}

{{- define "ruststack-operator.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "ruststack-operator.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end }}

{{/* A list: the root, and an image of the values. */}}
{{- define "ruststack-operator.image" -}}
{{- $root := index . 0 -}}
{{- $image := index . 1 -}}
{{- $name := printf "%s/%s" (default $root.Values.image.registry $image.registry) $image.repository -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $name $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $name (default $root.Chart.AppVersion $image.tag) -}}
{{- end -}}
{{- end }}

{{- define "ruststack-operator.openshift" -}}
{{- if kindIs "bool" .Values.openshift -}}
{{- .Values.openshift -}}
{{- else -}}
{{- .Capabilities.APIVersions.Has "security.openshift.io/v1" -}}
{{- end -}}
{{- end }}

{{/* OpenShift gives every namespace its own range of users, and refuses others. */}}
{{- define "ruststack-operator.podSecurityContext" -}}
{{- if eq (include "ruststack-operator.openshift" .) "true" -}}
{{- omit .Values.podSecurityContext "runAsUser" "runAsGroup" "fsGroup" | toYaml -}}
{{- else -}}
{{- toYaml .Values.podSecurityContext -}}
{{- end -}}
{{- end }}

{{- define "ruststack-operator.leaderElection" -}}
{{- if kindIs "bool" .Values.leaderElection.enabled -}}
{{- .Values.leaderElection.enabled -}}
{{- else -}}
{{- gt (int .Values.replicaCount) 1 -}}
{{- end -}}
{{- end }}

{{/* The namespaces of Namespace scope, comma-separated. Empty: all of the cluster. */}}
{{- define "ruststack-operator.watched" -}}
{{- if eq .Values.scope "Namespace" -}}
{{- .Values.watchNamespaces | default (list .Release.Namespace) | uniq | sortAlpha | join "," -}}
{{- end -}}
{{- end }}

{{/* What would start and then not work is refused before. */}}
{{- define "ruststack-operator.validate" -}}
{{- if and (eq .Values.scope "Cluster") .Values.watchNamespaces -}}
{{- fail "watchNamespaces is for scope: Namespace; with scope: Cluster the operator watches every namespace" -}}
{{- end -}}
{{- if and (gt (int .Values.replicaCount) 1) (eq (include "ruststack-operator.leaderElection" .) "false") -}}
{{- fail "replicaCount of more than 1 needs leader election: leave leaderElection.enabled out, or set it to true" -}}
{{- end -}}
{{- if and (not .Values.ttl.enabled) .Values.limits.maxTtlSeconds -}}
{{- fail "limits.maxTtlSeconds bounds the life of stacks, which ttl.enabled: false leaves unbounded" -}}
{{- end -}}
{{- end }}

{{/* All that the operator may do to stacks and their objects, in every namespace that it watches. */}}
{{- define "ruststack-operator.rules" -}}
{{- $verbs := list "get" "list" "watch" "create" "patch" "delete" | toJson -}}
- apiGroups: [ruststack.dev]
  resources: [ruststacks]
  verbs: [get, list, watch{{ if .Values.ttl.enabled }}, delete{{ end }}]
- apiGroups: [ruststack.dev]
  resources: [ruststacks/status]
  verbs: [patch]
# For clusters with the admission plugin OwnerReferencesPermissionEnforcement.
- apiGroups: [ruststack.dev]
  resources: [ruststacks/finalizers]
  verbs: [update]
- apiGroups: [apps]
  resources: [deployments]
  verbs: {{ $verbs }}
- apiGroups: [""]
  resources: [services, configmaps, persistentvolumeclaims, pods]
  verbs: {{ $verbs }}
# No list, no watch: only Secrets that a stack names, or that are made for it, are ever read.
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, create, patch, delete]
- apiGroups: [""]
  resources: [pods/log]
  verbs: [get]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create, patch]
{{- if .Values.networkPolicies.stacks }}
- apiGroups: [networking.k8s.io]
  resources: [networkpolicies]
  verbs: {{ $verbs }}
{{- end }}
{{- if .Values.ingress.enabled }}
- apiGroups: [networking.k8s.io]
  resources: [ingresses]
  verbs: {{ $verbs }}
{{- end }}
{{- if .Values.gatewayApi.enabled }}
- apiGroups: [gateway.networking.k8s.io]
  resources: [httproutes]
  verbs: {{ $verbs }}
{{- end }}
{{- end }}
