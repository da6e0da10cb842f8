// Asks the control API.

/**
 * @param {string} path below `/sandbox/`
 * @returns {Promise<any>}
 */
export const get = (path) => answerOf(fetch(`/sandbox/${path}`));

/**
 * @param {string} path
 * @param {object | string} [body] an object, or JSON text that is sent as it is
 * @returns {Promise<any>}
 */
export function post(path, body = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return answerOf(fetch(`/sandbox/${path}`, { method: "POST", body: text }));
}

/** @param {Promise<Response>} sent */
async function answerOf(sent) {
  const response = await sent.catch(() => {
    throw new Error("the sandbox does not answer");
  });
  const answer = await response.json();
  if (!answer.success) throw new Error(answer.error);
  return answer;
}
