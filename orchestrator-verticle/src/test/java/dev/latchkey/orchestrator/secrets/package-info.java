// SPDX-License-Identifier: Apache-2.0
/** Finds the secrets that a JVM's objects hold, and looks for them where they must not be. */
@NullMarked
package dev.latchkey.orchestrator.secrets;

import org.jspecify.annotations.NullMarked;
