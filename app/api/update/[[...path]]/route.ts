import { answerHosted } from "#phones/device-api/hosted-app";

// `server.ts` answers phones in front of Next, an order of magnitude faster; this is for every other host.
export {
  answerHosted as DELETE,
  answerHosted as GET,
  answerHosted as HEAD,
  answerHosted as OPTIONS,
  answerHosted as PATCH,
  answerHosted as POST,
  answerHosted as PUT,
};
