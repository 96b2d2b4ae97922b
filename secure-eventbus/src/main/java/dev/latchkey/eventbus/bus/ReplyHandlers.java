// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.impl.EventBusImpl;
import io.vertx.core.eventbus.impl.MessageImpl;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.function.BooleanSupplier;

/**
 * What Vert.x does to send a request whose reply address is known, and has for itself only: it makes a handler of the answer, and sends the
 * message with it.
 *
 * <p>It may look different in any later version. Whoever uses it asks first whether it {@link #areAsExpected}.
 */
final class ReplyHandlers {
    private static final Logger LOG = LoggerFactory.getLogger(ReplyHandlers.class);

    private static final boolean AS_EXPECTED = isThere(() -> Handles.SEND != null);

    private ReplyHandlers() {}

    /** Found together, or not at all. Calls through handles that are constants are compiled as any other calls are. */
    private static final class Handles {
        private static final Lookup VERTX = vertx();
        private static final Class<?> HANDLER = handler();
        private static final MethodHandle MAKE = make();
        private static final MethodHandle REGISTER = ofHandler("register", void.class);
        private static final MethodHandle RESULT = ofHandler("result", Future.class);
        private static final MethodHandle SEND = send();

        private static Lookup vertx() {
            try {
                return MethodHandles.privateLookupIn(EventBusImpl.class, MethodHandles.lookup());
            } catch (IllegalAccessException e) {
                throw new LinkageError("no access", e);
            }
        }

        private static Class<?> handler() {
            try {
                return VERTX.findClass(EventBusImpl.class.getPackageName() + ".ReplyHandler");
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("no such class", e);
            }
        }

        private static MethodHandle make() {
            MethodType expected = MethodType.methodType(
                    void.class,
                    EventBusImpl.class,
                    ContextInternal.class,
                    String.class,
                    String.class,
                    boolean.class,
                    long.class);
            try {
                MethodHandle found = VERTX.findConstructor(HANDLER, expected);
                return found.asType(found.type().changeReturnType(Object.class));
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("no such constructor", e);
            }
        }

        private static MethodHandle ofHandler(String name, Class<?> returned) {
            try {
                MethodHandle found = VERTX.findVirtual(HANDLER, name, MethodType.methodType(returned));
                return found.asType(found.type().changeParameterType(0, Object.class));
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("no such method", e);
            }
        }

        private static MethodHandle send() {
            MethodType expected =
                    MethodType.methodType(Future.class, MessageImpl.class, DeliveryOptions.class, HANDLER);
            try {
                MethodHandle found = VERTX.findVirtual(EventBusImpl.class, "sendOrPubInternal", expected);
                return found.asType(found.type().changeParameterType(3, Object.class));
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("no such method", e);
            }
        }
    }

    /** False when looking fails, as it does in a version that has something else. */
    static boolean isThere(BooleanSupplier looking) {
        try {
            return looking.getAsBoolean();
        } catch (LinkageError e) {
            LOG.info("this version of Vert.x is another than Latchkey knows; requests take somewhat longer");
            LOG.debug("what is not there", e);
            return false;
        }
    }

    /** True when this version of Vert.x is as expected here. */
    static boolean areAsExpected() {
        return AS_EXPECTED;
    }

    /**
     * Sends a request that has a reply address.
     *
     * @param context where the answer is handled
     * @return the answer
     * @throws IllegalStateException when they are not as expected
     */
    @SuppressWarnings("unchecked") // As Vert.x declares it.
    static Future<Message<Object>> send(
            EventBusImpl bus, ContextInternal context, MessageImpl<?, ?> message, DeliveryOptions options) {
        try {
            Object handler = (Object) Handles.MAKE.invokeExact(
                    bus, context, message.replyAddress(), message.address(), true, options.getSendTimeout());
            Handles.REGISTER.invokeExact(handler);
            Future<?> written = (Future<?>) (Future) Handles.SEND.invokeExact(bus, message, options, handler);
            return (Future<Message<Object>>) (Future) Handles.RESULT.invokeExact(handler);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
