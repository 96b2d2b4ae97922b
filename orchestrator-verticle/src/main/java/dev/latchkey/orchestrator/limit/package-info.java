// SPDX-License-Identifier: Apache-2.0
/** Rates. Internal to Latchkey. */
@NullMarked
package dev.latchkey.orchestrator.limit;

import org.jspecify.annotations.NullMarked;
