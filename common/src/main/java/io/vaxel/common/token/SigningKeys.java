package io.vaxel.common.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import io.vaxel.common.storage.Database;
import io.vaxel.common.storage.StorageException;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/**
 * The keys that sign user access tokens. They live in the database, so that every process that
 * shares it (the server, the command line, later other nodes) signs and verifies with the same
 * ones.
 *
 * <p>The algorithm is HS256. Only processes that share the database check these tokens, and whoever
 * can read the database could sign with a private key just as well, so a public key would buy
 * nothing. ES256 took ten times the CPU to sign and forty times to check ({@code
 * CredentialBenchmark}), for every token that is issued and every client that connects.
 */
public final class SigningKeys {
  private SigningKeys() {}

  /**
   * The keys in the database, newest first. When there is none, one is made; two processes that
   * start at once agree on one.
   *
   * @throws StorageException when a stored key is damaged
   */
  public static List<OctetSequenceKey> loadOrCreate(Database database, InstantSource clock) {
    List<String> stored =
        database.inSerializableTransaction(
            sql -> {
              boolean none =
                  sql.createQuery("select count(*) from signing_keys").mapTo(int.class).one() == 0;
              if (none) {
                OctetSequenceKey key = newKey();
                sql.createUpdate(
                        "insert into signing_keys (key_id, jwk, created_at)"
                            + " values (:id, :jwk, :now)")
                    .bind("id", key.getKeyID())
                    .bind("jwk", key.toJSONString())
                    .bind("now", clock.millis())
                    .execute();
              }
              return sql.createQuery(
                      "select jwk from signing_keys order by created_at desc, key_id")
                  .mapTo(String.class)
                  .list();
            });
    return stored.stream().map(SigningKeys::parse).toList();
  }

  private static OctetSequenceKey newKey() {
    try {
      return new OctetSequenceKeyGenerator(256)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.HS256)
          .keyID(UUID.randomUUID().toString())
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("256 bits are enough for HS256", e);
    }
  }

  private static OctetSequenceKey parse(String jwk) {
    try {
      OctetSequenceKey key = OctetSequenceKey.parse(jwk);
      if (key.size() < 256 || key.getKeyID() == null) {
        throw new StorageException("A token signing key in the database is too short or has no id");
      }
      return key;
    } catch (ParseException e) {
      // The cause would quote the key.
      throw new StorageException("A token signing key in the database is damaged");
    }
  }
}
