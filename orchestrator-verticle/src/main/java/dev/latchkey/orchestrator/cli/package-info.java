// SPDX-License-Identifier: Apache-2.0
/** The latchkey command line. Internal to Latchkey. */
@NullMarked
package dev.latchkey.orchestrator.cli;

import org.jspecify.annotations.NullMarked;
