// SPDX-License-Identifier: Apache-2.0
/** What an orchestrator notices: alarms and bounds that were hit. Internal to Latchkey. */
@NullMarked
package dev.latchkey.orchestrator.notice;

import org.jspecify.annotations.NullMarked;
