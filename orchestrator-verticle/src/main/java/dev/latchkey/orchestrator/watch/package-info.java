// SPDX-License-Identifier: Apache-2.0
/** A watch over what Vert.x itself keeps in the cluster, and anyone can change. Internal to Latchkey. */
@NullMarked
package dev.latchkey.orchestrator.watch;

import org.jspecify.annotations.NullMarked;
