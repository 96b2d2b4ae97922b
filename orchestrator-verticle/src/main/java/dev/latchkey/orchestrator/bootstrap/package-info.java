// SPDX-License-Identifier: Apache-2.0
/** Tells those that are not in the cluster yet what they need to join. Internal to Latchkey. */
@NullMarked
package dev.latchkey.orchestrator.bootstrap;

import org.jspecify.annotations.NullMarked;
