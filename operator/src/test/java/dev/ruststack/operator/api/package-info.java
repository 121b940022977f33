/**
 * Tests against a real API server. Their names end in {@code IT}, so that only a run that asks for them by name starts
 * them; the system property {@code ruststack.kubernetes} names the folder of kube-apiserver.
 */
package dev.ruststack.operator.api;
