// SPDX-License-Identifier: Apache-2.0
/** Violations, and when they are a breach. Internal to Latchkey. */
@NullMarked
package dev.latchkey.orchestrator.breach;

import org.jspecify.annotations.NullMarked;
