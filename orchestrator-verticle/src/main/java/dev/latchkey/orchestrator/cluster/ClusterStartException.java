// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cluster;

import java.net.BindException;

/** A node that could not start. The text names the setting, the problem and the fix, in one line. */
public final class ClusterStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ClusterStartException(String text, Throwable cause) {
        super(text, cause);
    }

    static ClusterStartException explain(ClusterSettings settings, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException
                    || String.valueOf(cause.getMessage()).contains("is already in use")) {
                return new ClusterStartException(
                        "a port of " + settings.host() + " is in use (cluster.port " + settings.port()
                                + ", cluster.eventBusPort " + settings.eventBusPort()
                                + "); stop what listens there, or choose another",
                        failure);
            }
        }
        return new ClusterStartException("the node could not join the cluster: " + failure.getMessage(), failure);
    }
}
