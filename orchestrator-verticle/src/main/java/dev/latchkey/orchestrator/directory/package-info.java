// SPDX-License-Identifier: Apache-2.0
/** Tells those that may invoke an operation who provides it. Internal to Latchkey. */
@NullMarked
package dev.latchkey.orchestrator.directory;

import org.jspecify.annotations.NullMarked;
