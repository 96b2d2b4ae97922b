// SPDX-License-Identifier: Apache-2.0
/** How an instance proves which service it is. Internal to Latchkey. */
@NullMarked
package dev.latchkey.orchestrator.credential;

import org.jspecify.annotations.NullMarked;
