// SPDX-License-Identifier: Apache-2.0
/** A node of the cluster: Vert.x on Hazelcast, on loopback unless told otherwise. Internal to Latchkey. */
@NullMarked
package dev.latchkey.orchestrator.cluster;

import org.jspecify.annotations.NullMarked;
