// SPDX-License-Identifier: Apache-2.0
/** The one round trip between an instance and an orchestrator. Internal to Latchkey. */
@NullMarked
package dev.latchkey.eventbus.registration;

import org.jspecify.annotations.NullMarked;
