// SPDX-License-Identifier: Apache-2.0
/** Asks an orchestrator's admin API over HTTP. Internal to Latchkey. */
@NullMarked
package dev.latchkey.orchestrator.cli.remote;

import org.jspecify.annotations.NullMarked;
