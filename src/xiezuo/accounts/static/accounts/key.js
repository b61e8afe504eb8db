/* Hardware keys (Web Authentication), and the print button of a code card. Questions come in data attributes. */
(function () {
  "use strict";

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (letter) { return letter.charCodeAt(0); });
  }

  function text(buffer) {
    var letters = Array.from(new Uint8Array(buffer), function (byte) { return String.fromCharCode(byte); });
    return btoa(letters.join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function question(json) {
    var asked = JSON.parse(json);
    asked.challenge = bytes(asked.challenge);
    if (asked.user) { asked.user.id = bytes(asked.user.id); }
    (asked.allowCredentials || []).concat(asked.excludeCredentials || []).forEach(function (known) {
      known.id = bytes(known.id);
    });
    return asked;
  }

  function answer(credential) {
    var said = credential.response, response = { clientDataJSON: text(said.clientDataJSON) };
    if (said.attestationObject) { response.attestationObject = text(said.attestationObject); }
    if (said.authenticatorData) {
      response.authenticatorData = text(said.authenticatorData);
      response.signature = text(said.signature);
      response.userHandle = said.userHandle ? text(said.userHandle) : null;
    }
    return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response: response, clientExtensionResults: {} });
  }

  function use(button) {
    var form = button.form, trouble = form.querySelector("[role=alert]");
    trouble.hidden = true;
    button.disabled = true;
    navigator.credentials[button.dataset.key]({ publicKey: question(button.dataset.keyQuestion) }).then(function (credential) {
      form.querySelector("[name=proof_key]").value = answer(credential);
      form.submit();
    }).catch(function () {
      trouble.textContent = button.dataset.keyTrouble;
      trouble.hidden = false;
      button.disabled = false;
    });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-key]");
    if (button) { use(button); }
    if (event.target.closest("[data-print]")) { window.print(); }
  });
}());
