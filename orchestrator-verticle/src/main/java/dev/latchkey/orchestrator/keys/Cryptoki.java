// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.keys;

import com.sun.jna.Library;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.NativeLongByReference;

/**
 * The functions of a PKCS#11 library (OASIS PKCS #11 3.0) that signing takes. They are called directly, since no JDK up to 25 has EdDSA
 * over its provider SunPKCS11. Their names are those of the standard.
 */
@SuppressWarnings({"MemberName", "MethodName"})
interface Cryptoki extends Library {
    NativeLong C_Initialize(Pointer arguments);

    NativeLong C_GetSlotList(byte tokenPresent, Pointer slots, NativeLongByReference count);

    NativeLong C_GetTokenInfo(NativeLong slot, Pointer info);

    NativeLong C_OpenSession(
            NativeLong slot, NativeLong flags, Pointer application, Pointer notify, NativeLongByReference session);

    NativeLong C_CloseSession(NativeLong session);

    NativeLong C_Login(NativeLong session, NativeLong user, byte[] pin, NativeLong length);

    NativeLong C_FindObjectsInit(NativeLong session, Pointer template, NativeLong count);

    NativeLong C_FindObjects(
            NativeLong session, NativeLongByReference object, NativeLong most, NativeLongByReference count);

    NativeLong C_FindObjectsFinal(NativeLong session);

    NativeLong C_GetAttributeValue(NativeLong session, NativeLong object, Pointer template, NativeLong count);

    NativeLong C_SignInit(NativeLong session, Pointer mechanism, NativeLong key);

    NativeLong C_Sign(
            NativeLong session,
            byte[] data,
            NativeLong length,
            byte[] signature,
            NativeLongByReference signatureLength);
}
