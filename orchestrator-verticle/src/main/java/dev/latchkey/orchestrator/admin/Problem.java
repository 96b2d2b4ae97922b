// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import java.util.Locale;

/** Kinds of refusals: each has a status and a URI by which programs know it (RFC 9457, section 3.1.1). */
enum Problem {
    NO_TOKEN(401, "A token is needed"),
    BAD_TOKEN(401, "The token is not acceptable"),
    WRONG_ROLE(403, "The role does not suffice"),
    CROSS_SITE(403, "The request comes from another site"),
    NOT_FOUND(404, "There is nothing of this name"),
    WRONG_METHOD(405, "The method is not for this resource"),
    CONFLICT(409, "Another change is under way"),
    TOO_LARGE(413, "The body is too large"),
    WRONG_MEDIA_TYPE(415, "The body is of another media type"),
    BAD_REQUEST(400, "The request is not acceptable"),
    BAD_JSON(400, "The body is no JSON object"),
    UNKNOWN_FIELD(400, "The body has an unknown field"),
    BAD_FIELD(400, "A value is not acceptable"),
    BAD_POLICY(422, "The policy has problems"),
    TOO_MANY(429, "Too many requests"),
    UNAVAILABLE(503, "The orchestrator cannot do that now");

    private final int status;
    private final String title;

    Problem(int status, String title) {
        this.status = status;
        this.title = title;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    /** A name, not a place: nobody has to fetch it. */
    String type() {
        return "urn:latchkey:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
