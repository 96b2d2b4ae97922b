// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * A request that was let in.
 *
 * @param context its path and query
 * @param caller who sent it
 */
record ApiRequest(RoutingContext context, Caller caller) {

    /** A part of the path, decoded. */
    String path(String name) {
        return Optional.ofNullable(context.pathParam(name)).orElse("");
    }

    /** A parameter of the query that must be there, once. */
    String query(String name) {
        if (context.queryParam(name).size() != 1) {
            throw new ApiException(Problem.BAD_REQUEST, "give the parameter '" + name + "' once", name);
        }
        return context.queryParam(name).get(0);
    }

    /** What was sent; empty for nothing. */
    Buffer body() {
        return Optional.ofNullable(context.body().buffer()).orElseGet(Buffer::buffer);
    }
}
