// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import dev.latchkey.orchestrator.admin.AdminAction.Outcome;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** Records what is done, before and after. */
final class Audited {
    private final AdminAudit audit;

    Audited(AdminAudit audit) {
        this.audit = audit;
    }

    /** Does it only when it could be recorded. What cannot be recorded afterwards was done all the same, so that is told. */
    <T> Future<T> run(ApiRequest request, String name, String target, Supplier<Future<T>> action) {
        Caller caller = request.caller();
        AdminAction begun = new AdminAction(caller.subject(), caller.role(), name, target, Outcome.BEGUN);
        return record(begun)
                .recover(failure -> Future.failedFuture(new ApiException(
                        Problem.UNAVAILABLE, "it cannot be recorded who does that, so it is not done")))
                .compose(recorded -> Future.succeededFuture().compose(ready -> action.get()))
                .onSuccess(done -> record(begun.with(Outcome.DONE)))
                .onFailure(failure -> record(begun.with(Outcome.FAILED)));
    }

    /** Records that somebody tried what his role does not let him. */
    void refused(Caller caller, String name, String target) {
        record(new AdminAction(caller.subject(), caller.role(), name, target, Outcome.REFUSED));
    }

    private Future<Void> record(AdminAction action) {
        return Future.succeededFuture().compose(ready -> audit.record(action));
    }
}
