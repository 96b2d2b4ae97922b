// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import java.util.List;

/** Makes grants that differ from a usual one in what a test says. */
public final class GrantMaker {
    public static final long NOT_BEFORE = 1_800_000_000L;
    public static final long EXPIRES = NOT_BEFORE + 300;
    public static final long TIMESTAMP = NOT_BEFORE * 1000 + 7;

    private TokenId id = new TokenId(0x0123456789abcdefL, 42);
    private String service = "web";
    private String operation = "process_image";
    private List<String> addresses = List.of("image.process", "image.batch.*");
    private long epoch = 3;
    private long timestamp = TIMESTAMP;
    private long notBefore = NOT_BEFORE;
    private long expires = EXPIRES;
    private List<String> failover = List.of();
    private long grace = 0;

    public GrantMaker id(TokenId value) {
        id = value;
        return this;
    }

    public GrantMaker service(String value) {
        service = value;
        return this;
    }

    public GrantMaker operation(String value) {
        operation = value;
        return this;
    }

    public GrantMaker addresses(String... values) {
        addresses = List.of(values);
        return this;
    }

    public GrantMaker epoch(long value) {
        epoch = value;
        return this;
    }

    public GrantMaker timestamp(long value) {
        timestamp = value;
        return this;
    }

    public GrantMaker notBefore(long value) {
        notBefore = value;
        return this;
    }

    public GrantMaker expires(long value) {
        expires = value;
        return this;
    }

    public GrantMaker failover(String... values) {
        failover = List.of(values);
        return this;
    }

    public GrantMaker grace(long value) {
        grace = value;
        return this;
    }

    public TokenGrant make() {
        return new TokenGrant(id, service, operation, addresses, epoch, timestamp, notBefore, expires, failover, grace);
    }
}
