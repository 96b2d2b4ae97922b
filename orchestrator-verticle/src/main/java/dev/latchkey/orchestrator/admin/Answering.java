// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Makes the answer to a request that was let in. */
@FunctionalInterface
interface Answering {
    /** The answer; fails, or throws, an {@link ApiException} for what is refused. */
    Future<JsonObject> answer(ApiRequest request);
}
