// SPDX-License-Identifier: Apache-2.0
/** The orchestrators' own keys and where they are kept. Internal to Latchkey. */
@NullMarked
package dev.latchkey.orchestrator.keys;

import org.jspecify.annotations.NullMarked;
