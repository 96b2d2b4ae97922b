// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.contract;

import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.spi.metrics.EventBusMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down, by address, what the event bus of one node reports. A handler's metric is its address. */
final class RecordingMetrics implements VertxMetrics, EventBusMetrics<String> {
    private final Map<String, List<String>> calls = new ConcurrentHashMap<>();

    /** What was reported of an address so far. */
    List<String> calls(String address) {
        return new ArrayList<>(calls.getOrDefault(address, List.of()));
    }

    private void record(String address, String call) {
        calls.computeIfAbsent(address, first -> new CopyOnWriteArrayList<>()).add(call);
    }

    @Override
    public EventBusMetrics<String> createEventBusMetrics() {
        return this;
    }

    @Override
    public String handlerRegistered(String address) {
        record(address, "handlerRegistered");
        return address;
    }

    @Override
    public void handlerUnregistered(String handler) {
        record(handler, "handlerUnregistered");
    }

    @Override
    public void scheduleMessage(String handler, boolean local) {
        record(handler, "scheduleMessage local=" + local);
    }

    @Override
    public void discardMessage(String handler, boolean local, Message<?> message) {
        record(handler, "discardMessage local=" + local);
    }

    @Override
    public void messageDelivered(String handler, boolean local) {
        record(handler, "messageDelivered local=" + local);
    }

    @Override
    public void messageSent(String address, boolean publish, boolean local, boolean remote) {
        record(address, "messageSent publish=" + publish + " local=" + local + " remote=" + remote);
    }

    @Override
    public void messageReceived(String address, boolean publish, boolean local, int handlers) {
        record(address, "messageReceived publish=" + publish + " local=" + local + " handlers=" + handlers);
    }

    @Override
    public void messageWritten(String address, int numberOfBytes) {
        record(address, "messageWritten");
    }

    @Override
    public void messageRead(String address, int numberOfBytes) {
        record(address, "messageRead");
    }

    @Override
    public void replyFailure(String address, ReplyFailure failure) {
        record(address, "replyFailure " + failure);
    }

    /** Outlives the bus: there is nothing to close. */
    @Override
    public void close() {}
}
