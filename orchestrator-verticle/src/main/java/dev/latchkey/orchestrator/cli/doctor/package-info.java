// SPDX-License-Identifier: Apache-2.0
/** Looks at a machine before an orchestrator or a service runs on it. Internal to Latchkey. */
@NullMarked
package dev.latchkey.orchestrator.cli.doctor;

import org.jspecify.annotations.NullMarked;
