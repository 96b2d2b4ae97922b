// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import io.vertx.core.Future;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;

/** One line of the log for each step. */
public final class LoggedAudit implements AdminAudit {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.admin");

    @Override
    public Future<Void> record(AdminAction action) {
        LOG.info("admin " + action.outcome() + " " + action.action() + " of " + clean(action.target()) + " by "
                + clean(action.subject()) + " (" + action.role() + ")");
        return Future.succeededFuture();
    }

    /** What could forge a line of the log. */
    private static String clean(String text) {
        return text.replaceAll("[^\\x21-\\x7e]", "?");
    }
}
