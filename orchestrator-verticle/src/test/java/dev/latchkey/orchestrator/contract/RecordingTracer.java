// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.contract;

import io.vertx.core.Context;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.spi.tracing.TagExtractor;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingPolicy;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Writes down what one node traces. Its trace ids travel in a header, unless the policy is to ignore. */
final class RecordingTracer implements VertxTracer<RecordingTracer.Span, RecordingTracer.Span> {
    private static final String HEADER = "contract-trace";

    private final List<Event> events = new CopyOnWriteArrayList<>();

    /** One trace, at one address. */
    record Span(String id, String address) {}

    /** One call; what only its beginning or only its end knows is null. */
    record Event(
            String call,
            Span span,
            @Nullable SpanKind kind,
            @Nullable TracingPolicy policy,
            @Nullable String operation,
            Map<String, String> tags,
            @Nullable Throwable failure) {}

    /** The calls of a name that concern messages to an address. */
    List<Event> events(String address, String call) {
        return events.stream()
                .filter(event ->
                        event.call().equals(call) && event.span().address().equals(address))
                .toList();
    }

    @Override
    public <R> @Nullable Span sendRequest(
            Context context,
            SpanKind kind,
            TracingPolicy policy,
            R request,
            String operation,
            BiConsumer<String, String> headers,
            TagExtractor<R> tagExtractor) {
        String id = UUID.randomUUID().toString();
        Span span = begin("sendRequest", id, kind, policy, operation, tagExtractor.extract(request));
        if (policy == TracingPolicy.IGNORE) {
            return null;
        }
        headers.accept(HEADER, id);
        return span;
    }

    @Override
    public <R> @Nullable Span receiveRequest(
            Context context,
            SpanKind kind,
            TracingPolicy policy,
            R request,
            String operation,
            Iterable<Map.Entry<String, String>> headers,
            TagExtractor<R> tagExtractor) {
        String id = "";
        for (Map.Entry<String, String> header : headers) {
            if (header.getKey().equals(HEADER)) {
                id = header.getValue();
            }
        }
        Span span = begin("receiveRequest", id, kind, policy, operation, tagExtractor.extract(request));
        return id.isEmpty() ? null : span;
    }

    private Span begin(
            String call, String id, SpanKind kind, TracingPolicy policy, String operation, Map<String, String> tags) {
        Span span = new Span(id, tags.getOrDefault("messaging.destination.name", ""));
        events.add(new Event(call, span, kind, policy, operation, tags, null));
        return span;
    }

    @Override
    public <R> void sendResponse(
            Context context, R response, Span payload, @Nullable Throwable failure, TagExtractor<R> tagExtractor) {
        end("sendResponse", payload, failure);
    }

    @Override
    public <R> void receiveResponse(
            Context context, R response, Span payload, @Nullable Throwable failure, TagExtractor<R> tagExtractor) {
        end("receiveResponse", payload, failure);
    }

    private void end(String call, Span span, @Nullable Throwable failure) {
        events.add(new Event(call, span, null, null, null, Map.of(), failure));
    }
}
