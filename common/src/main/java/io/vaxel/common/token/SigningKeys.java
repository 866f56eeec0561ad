package io.vaxel.common.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.vaxel.common.storage.Database;
import io.vaxel.common.storage.StorageException;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.List;

/**
 * The keys that sign user access tokens. They live in the database, so that every process that
 * shares it (the server, the command line, later other nodes) signs and verifies with the same
 * ones.
 *
 * <p>The algorithm is ES256: the JDK signs and verifies it without another library (Ed25519 would
 * need one beside the JOSE library), it signs an order of magnitude faster than RS256, its
 * signatures are a quarter as long, and whoever checks a token needs no secret, as with HS256.
 */
public final class SigningKeys {
  private SigningKeys() {}

  /**
   * The keys in the database, newest first. When there is none, one is made; two processes that
   * start at once agree on one.
   *
   * @throws StorageException when a stored key is damaged
   */
  public static List<ECKey> loadOrCreate(Database database, InstantSource clock) {
    List<String> stored =
        database.inSerializableTransaction(
            sql -> {
              boolean none =
                  sql.createQuery("select count(*) from signing_keys").mapTo(int.class).one() == 0;
              if (none) {
                ECKey key = newKey();
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

  private static ECKey newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .keyIDFromThumbprint(true)
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("Every JDK has P-256", e);
    }
  }

  private static ECKey parse(String jwk) {
    try {
      ECKey key = ECKey.parse(jwk);
      if (!key.isPrivate() || key.getKeyID() == null) {
        throw new StorageException("A token signing key in the database has no private part or id");
      }
      return key;
    } catch (ParseException e) {
      // The cause would quote the key.
      throw new StorageException("A token signing key in the database is damaged");
    }
  }
}
