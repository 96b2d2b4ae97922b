// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bootstrap;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.dns.DnsClient;
import io.vertx.core.dns.DnsClientOptions;
import io.vertx.core.dns.DnsException;
import io.vertx.core.dns.DnsResponseCode;
import io.vertx.core.dns.SrvRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks by Vert.x's client, which keeps no answers: each question goes to the server. */
final class VertxDns implements Dns {
    private static final long QUERY_MILLIS = 2_000;
    private static final int MAX_ALIASES = 8;

    private final DnsClient client;

    /** @param server the server's IP address; null for the first one of this machine: no other one is asked */
    VertxDns(Vertx vertx, @Nullable String server, int port) {
        DnsClientOptions asked = new DnsClientOptions().setQueryTimeout(QUERY_MILLIS);
        this.client = vertx.createDnsClient(
                server == null ? asked : asked.setHost(server).setPort(port));
    }

    @Override
    public Future<List<Srv>> srv(String name) {
        return client.resolveSRV(name)
                .map(records -> records.stream().map(VertxDns::srv).toList())
                .recover(VertxDns::noneIfThereIsNone);
    }

    private static Srv srv(SrvRecord record) {
        String target = Objects.requireNonNullElse(record.target(), ".");
        return new Srv(record.priority(), record.weight(), record.port(), target, record.ttl());
    }

    @Override
    public Future<List<String>> addresses(String name) {
        return addresses(name, MAX_ALIASES);
    }

    /** Vert.x leaves out of an answer what belongs to another name, as all of it does when the asked one is an alias. */
    private Future<List<String>> addresses(String name, int aliases) {
        return own(name)
                .compose(found ->
                        found.isEmpty() && aliases > 0 ? ofAlias(name, aliases) : Future.succeededFuture(found));
    }

    private Future<List<String>> ofAlias(String name, int aliases) {
        return client.resolveCNAME(name)
                .recover(VertxDns::noneIfThereIsNone)
                .compose(targets -> targets.isEmpty()
                        ? Future.succeededFuture(List.of())
                        : addresses(targets.get(0).replaceFirst("\\.$", ""), aliases - 1));
    }

    private Future<List<String>> own(String name) {
        Future<List<String>> four = client.resolveA(name).recover(VertxDns::noneIfThereIsNone);
        Future<List<String>> six = client.resolveAAAA(name).recover(VertxDns::noneIfThereIsNone);
        return Future.join(four, six).transform(done -> both(four, six));
    }

    /** A question that was lost is no answer: only two that say so make a name without addresses. */
    static Future<List<String>> both(Future<List<String>> four, Future<List<String>> six) {
        List<String> both = new ArrayList<>(four.succeeded() ? four.result() : List.of());
        both.addAll(six.succeeded() ? six.result() : List.of());
        return both.isEmpty() && (four.failed() || six.failed())
                ? Future.failedFuture(four.failed() ? four.cause() : six.cause())
                : Future.succeededFuture(both);
    }

    private static <T> Future<List<T>> noneIfThereIsNone(Throwable failure) {
        return failure instanceof DnsException answer && answer.code() == DnsResponseCode.NXDOMAIN
                ? Future.succeededFuture(List.of())
                : Future.failedFuture(failure);
    }
}
