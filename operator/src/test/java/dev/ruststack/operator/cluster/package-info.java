/**
 * Tests against a real API server and etcd, without any controller of Kubernetes: {@code ./mvnw -Pcluster-tests -pl
 * operator -am verify} runs them. The programs are those that {@code e2e/cluster build} builds, or those of the folder
 * that the property {@code ruststack.kubernetes} names.
 */
package dev.ruststack.operator.cluster;
