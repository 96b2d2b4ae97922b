// SPDX-License-Identifier: Apache-2.0
/** The audit log: what was decided, chained, signed and verified offline. Internal to Latchkey, but for {@link AuditLog}. */
@NullMarked
package dev.latchkey.orchestrator.audit;

import org.jspecify.annotations.NullMarked;
