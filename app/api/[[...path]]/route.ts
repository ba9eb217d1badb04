import { answerNotFound } from "#foundation/platform/http/problem-response";

// Every path below /api that no other route has. Next would answer with a page.
export {
  answerNotFound as DELETE,
  answerNotFound as GET,
  answerNotFound as HEAD,
  answerNotFound as OPTIONS,
  answerNotFound as PATCH,
  answerNotFound as POST,
  answerNotFound as PUT,
};
