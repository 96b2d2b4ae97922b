// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A request that is refused. Its text is for the caller, and repeats no secret. */
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final String field;
    private final transient List<String> problems;

    ApiException(Problem problem, String detail) {
        this(problem, detail, "", List.of());
    }

    /** A refusal because of one field or parameter. */
    ApiException(Problem problem, String detail, String field) {
        this(problem, detail, field, List.of());
    }

    /** A refusal for several reasons. */
    ApiException(Problem problem, String detail, List<String> problems) {
        this(problem, detail, "", problems);
    }

    private ApiException(Problem problem, String detail, String field, List<String> problems) {
        super(detail, null, false, false);
        this.problem = problem;
        this.field = field;
        this.problems = List.copyOf(problems);
    }

    Problem problem() {
        return problem;
    }

    /** The problem document (RFC 9457, section 3). */
    JsonObject document() {
        JsonObject document = new JsonObject()
                .put("type", problem.type())
                .put("title", problem.title())
                .put("status", problem.status())
                .put("detail", getMessage());
        if (!field.isEmpty()) {
            document.put("field", field);
        }
        if (!problems.isEmpty()) {
            document.put("problems", new JsonArray(problems));
        }
        return document;
    }
}
