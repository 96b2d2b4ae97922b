// SPDX-License-Identifier: Apache-2.0
/** Registration, renewal and leaving. Internal to Latchkey. */
@NullMarked
package dev.latchkey.orchestrator.issue;

import org.jspecify.annotations.NullMarked;
