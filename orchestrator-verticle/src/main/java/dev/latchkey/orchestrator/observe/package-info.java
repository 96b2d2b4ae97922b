// SPDX-License-Identifier: Apache-2.0
/** What instances tell of plaintext that passes: counted, bounded, and kept in a file if one is set. Internal to Latchkey. */
@NullMarked
package dev.latchkey.orchestrator.observe;

import org.jspecify.annotations.NullMarked;
