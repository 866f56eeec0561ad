/** Programs that show how the client is used; nothing else needs them. */
package io.vaxel.client.example;
