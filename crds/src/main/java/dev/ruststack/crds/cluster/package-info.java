/** What only a Kubernetes cluster acts on: exposure, network policy, pod settings. */
@NullMarked
package dev.ruststack.crds.cluster;

import org.jspecify.annotations.NullMarked;
