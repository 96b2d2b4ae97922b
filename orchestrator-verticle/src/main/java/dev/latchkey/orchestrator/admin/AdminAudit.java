// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import io.vertx.core.Future;

/** Where it is recorded who changed what. */
@FunctionalInterface
public interface AdminAudit {
    /**
     * Records a step. It is called with {@link AdminAction.Outcome#BEGUN} before anything is done, and again with how it ended; or once
     * with {@link AdminAction.Outcome#REFUSED}.
     *
     * @return done when it is recorded; if it fails before the action, the action is not done
     */
    Future<Void> record(AdminAction action);
}
