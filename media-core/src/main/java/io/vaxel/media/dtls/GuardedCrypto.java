package io.vaxel.media.dtls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.bouncycastle.jcajce.util.DefaultJcaJceHelper;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.bouncycastle.tls.crypto.TlsEncodeResult;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;

/**
 * Cryptography by the Java platform's own providers, ten times faster for records than the
 * library's, with the fragment filter behind every cipher: who has agreed on keys but not yet
 * proved who he is could otherwise send inside encrypted records what the filter drops in plain
 * ones. Thread-safe.
 */
final class GuardedCrypto extends JcaTlsCrypto {
  GuardedCrypto(SecureRandom random) {
    super(new DefaultJcaJceHelper(), random, random);
  }

  @Override
  public TlsCipher createCipher(
      TlsCryptoParameters parameters, int encryptionAlgorithm, int macAlgorithm)
      throws IOException {
    return new GuardedCipher(super.createCipher(parameters, encryptionAlgorithm, macAlgorithm));
  }

  /** One direction pair of an association; what it decodes is filtered. */
  static final class GuardedCipher implements TlsCipher {
    private final TlsCipher cipher;
    private final DtlsFragmentFilter filter = new DtlsFragmentFilter();

    GuardedCipher(TlsCipher cipher) {
      this.cipher = cipher;
    }

    @Override
    public TlsDecodeResult decodeCiphertext(
        long sequence,
        short recordType,
        ProtocolVersion version,
        byte[] ciphertext,
        int offset,
        int length)
        throws IOException {
      TlsDecodeResult plain =
          cipher.decodeCiphertext(sequence, recordType, version, ciphertext, offset, length);
      if (plain.contentType == ContentType.handshake
          && !filter.admitsHandshake(ByteBuffer.wrap(plain.buf), plain.off, plain.len)) {
        // The one alert that the record layer takes as "drop this record" (RFC 6347 4.1.2.7).
        throw new TlsFatalAlert(AlertDescription.bad_record_mac);
      }
      return plain;
    }

    @Override
    public TlsEncodeResult encodePlaintext(
        long sequence,
        short contentType,
        ProtocolVersion version,
        int headerAllocation,
        byte[] plaintext,
        int offset,
        int length)
        throws IOException {
      return cipher.encodePlaintext(
          sequence, contentType, version, headerAllocation, plaintext, offset, length);
    }

    @Override
    public int getCiphertextDecodeLimit(int plaintextLimit) {
      return cipher.getCiphertextDecodeLimit(plaintextLimit);
    }

    @Override
    public int getCiphertextEncodeLimit(int plaintextLimit) {
      return cipher.getCiphertextEncodeLimit(plaintextLimit);
    }

    @Override
    public int getPlaintextDecodeLimit(int ciphertextLimit) {
      return cipher.getPlaintextDecodeLimit(ciphertextLimit);
    }

    @Override
    public int getPlaintextEncodeLimit(int ciphertextLimit) {
      return cipher.getPlaintextEncodeLimit(ciphertextLimit);
    }

    @Override
    public void rekeyDecoder() throws IOException {
      cipher.rekeyDecoder();
    }

    @Override
    public void rekeyEncoder() throws IOException {
      cipher.rekeyEncoder();
    }

    @Override
    public boolean usesOpaqueRecordTypeDecode() {
      return cipher.usesOpaqueRecordTypeDecode();
    }

    @Override
    public boolean usesOpaqueRecordTypeEncode() {
      return cipher.usesOpaqueRecordTypeEncode();
    }
  }
}
